"""Calls services that are known only by server reflection: nothing is compiled beforehand.

The messages of the reflection service itself are written and read by hand; everything else comes from the descriptors
that the server hands out.
"""
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

from summaries import fields


def text_field(number, text):
    data, length, size = text.encode(), b"", len(text.encode())
    while size > 0x7F:
        length += bytes([size & 0x7F | 0x80])
        size >>= 7
    return bytes([number << 3 | 2]) + length + bytes([size]) + data


class Reflected:
    """What a server says about itself."""

    def __init__(self, channel, version="v1"):
        self.channel = channel
        self.path = "/grpc.reflection.%s.ServerReflection/ServerReflectionInfo" % version
        self.pool = descriptor_pool.DescriptorPool()
        self.factory = message_factory.MessageFactory(self.pool)
        self.files = set()

    def ask(self, *requests):
        """The answers to requests that go through one stream."""
        raw = lambda data: data
        call = self.channel.stream_stream(self.path, request_serializer=raw, response_deserializer=raw)
        answers = [dict(fields(data)) for data in call(iter(requests), timeout=60)]
        assert len(answers) == len(requests), "%d answers to %d requests" % (len(answers), len(requests))
        for request, answer in zip(requests, answers):
            assert answer[2] == request, "the request is not repeated"
        return answers

    def services(self):
        answer = self.ask(text_field(7, "*"))[0]
        return [dict(fields(value))[1].decode() for _, value in fields(answer[6])]

    def load(self, service):
        """The descriptor of a service."""
        answer = self.ask(text_field(4, service))[0]
        assert 4 in answer, "no file for %s: %r" % (service, answer)
        found = {}
        for _, data in fields(answer[4]):
            file = descriptor_pb2.FileDescriptorProto.FromString(data)
            found[file.name] = file
        for file in found.values():
            self.add(file, found)
        return self.pool.FindServiceByName(service)

    def add(self, file, found):
        if file.name in self.files:
            return
        self.files.add(file.name)
        for name in file.dependency:
            self.add(found[name], found)
        self.pool.Add(file)

    def message(self, name):
        """The class of a message."""
        return self.factory.GetPrototype(self.pool.FindMessageTypeByName(name))

    def call(self, service, method):
        """A method as grpcio has it: a callable of the right kind."""
        found = self.load(service).methods_by_name[method]
        proto = descriptor_pb2.MethodDescriptorProto()
        found.CopyToProto(proto)
        kind = {
            (False, False): self.channel.unary_unary, (False, True): self.channel.unary_stream,
            (True, False): self.channel.stream_unary, (True, True): self.channel.stream_stream,
        }[proto.client_streaming, proto.server_streaming]
        answer = self.factory.GetPrototype(found.output_type)
        return kind(
            "/%s/%s" % (service, method),
            request_serializer=lambda message: message.SerializeToString(),
            response_deserializer=answer.FromString)
