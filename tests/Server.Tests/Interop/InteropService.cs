using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Google.Protobuf;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Server.Tests.Interop.Contract;
using LowLatencyQuoter.Wire.Grpc;

namespace LowLatencyQuoter.Server.Tests.Interop;

/// <summary><c>grpc.testing.TestService</c> on the server's own framing.</summary>
internal static class InteropService
{
    private const string Service = "grpc.testing.TestService";
    private const string EchoInitial = "x-grpc-test-echo-initial";
    private const string EchoTrailing = "x-grpc-test-echo-trailing-bin";

    public static GrpcServices Make() => new GrpcServices { MessageBytesMax = 4 << 20 }
        .Add(Service, "EmptyCall", EmptyAsync)
        .Add(Service, "UnaryCall", UnaryAsync)
        .Add(Service, "CacheableUnaryCall", UnaryAsync)
        .Add(Service, "StreamingOutputCall", OutputAsync)
        .Add(Service, "StreamingInputCall", InputAsync)
        .Add(Service, "FullDuplexCall", FullDuplexAsync);

    private static async Task<GrpcStatus> EmptyAsync(GrpcCall call)
    {
        await call.WriteAsync(await call.ReadRequestAsync(Empty.Parser));
        return GrpcStatus.Ok;
    }

    private static async Task<GrpcStatus> UnaryAsync(GrpcCall call)
    {
        Echo(call);
        var request = await call.ReadRequestAsync(SimpleRequest.Parser);
        Expect(call, request.ExpectCompressed);
        if (request.ResponseStatus is { Code: not 0 } status)
        {
            return Status(status);
        }

        var compressed = request.ResponseCompressed is { } wanted && call.TryCompress() && wanted.Value;
        await call.WriteAsync(
            new SimpleResponse { Payload = Payload(request.ResponseSize) }, compressed, call.Cancellation);
        return GrpcStatus.Ok;
    }

    private static async Task<GrpcStatus> OutputAsync(GrpcCall call)
    {
        Echo(call);
        var request = await call.ReadRequestAsync(StreamingOutputCallRequest.Parser);
        await WriteAsync(call, request.ResponseParameters);
        return request.ResponseStatus is { Code: not 0 } status ? Status(status) : GrpcStatus.Ok;
    }

    private static async Task<GrpcStatus> InputAsync(GrpcCall call)
    {
        var size = 0;
        while (await call.ReadNextAsync(StreamingInputCallRequest.Parser) is { } request)
        {
            Expect(call, request.ExpectCompressed);
            size += request.Payload.Body.Length;
        }

        await call.WriteAsync(new StreamingInputCallResponse { AggregatedPayloadSize = size });
        return GrpcStatus.Ok;
    }

    private static async Task<GrpcStatus> FullDuplexAsync(GrpcCall call)
    {
        Echo(call);
        while (await call.ReadNextAsync(StreamingOutputCallRequest.Parser) is { } request)
        {
            if (request.ResponseStatus is { Code: not 0 } status)
            {
                return Status(status);
            }

            await WriteAsync(call, request.ResponseParameters);
        }

        return GrpcStatus.Ok;
    }

    private static async Task WriteAsync(GrpcCall call, IReadOnlyList<ResponseParameters> all)
    {
        var compresses = all.Any(static one => one.Compressed is not null) && call.TryCompress();
        foreach (var one in all)
        {
            if (one.IntervalUs > 0)
            {
                await Task.Delay(TimeSpan.FromMicroseconds(one.IntervalUs), call.Cancellation);
            }

            var response = new StreamingOutputCallResponse { Payload = Payload(one.Size) };
            await call.WriteAsync(response, compresses && one.Compressed?.Value == true, call.Cancellation);
        }
    }

    private static void Echo(GrpcCall call)
    {
        if (call.Metadata(EchoInitial) is { } text)
        {
            call.AddHeader(EchoInitial, text);
        }

        foreach (var value in call.BinaryMetadata(EchoTrailing))
        {
            call.AddTrailer(EchoTrailing, BinaryValue.Encode(value));
        }
    }

    private static void Expect(GrpcCall call, BoolValue? compressed)
    {
        if (compressed is not null && compressed.Value != call.RequestWasCompressed)
        {
            throw new GrpcException(new GrpcStatus(
                StatusCode.InvalidArgument, $"the message was compressed: {call.RequestWasCompressed}"));
        }
    }

    private static GrpcStatus Status(EchoStatus status) => new((StatusCode)status.Code, status.Message);

    private static Payload Payload(int size) => new() { Body = ByteString.CopyFrom(new byte[size]) };
}
