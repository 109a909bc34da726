// gRPC's interoperability cases by the C++ library.
//
// usage: interop ADDRESS | --version
//
// Prints one JSON object: "ok" or what went wrong, by case. scripts/install-test-clients.sh builds it.
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <functional>
#include <iostream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "grpc/testing/test.grpc.pb.h"

using grpc::ClientContext;
using grpc::Status;
using grpc::StatusCode;
using namespace grpc::testing;

namespace {

constexpr int kBig = 271828;
constexpr int kLarge = 314159;
const std::vector<int> kRequests = {27182, 8, 1828, 45904};
const std::vector<int> kResponses = {31415, 9, 2653, 58979};
const char kSpecial[] = "\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \U0001f608\t\n";

void Check(bool holds, const std::string& what) {
  if (!holds) {
    throw std::runtime_error(what);
  }
}

void Ended(const Status& status, StatusCode code, const std::string* message = nullptr) {
  Check(status.error_code() == code, "status " + std::to_string(status.error_code()) + " " + status.error_message());
  Check(message == nullptr || status.error_message() == *message, "message " + status.error_message());
}

// Every call ends: a server that does not answer shows as DEADLINE_EXCEEDED.
struct Context : ClientContext {
  Context() { set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60)); }
};

std::shared_ptr<grpc::Channel> Connect(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

SimpleRequest Large() {
  SimpleRequest request;
  request.set_response_size(kLarge);
  request.mutable_payload()->set_body(std::string(kBig, '\0'));
  return request;
}

StreamingOutputCallRequest Duplex(int size, int answer) {
  StreamingOutputCallRequest request;
  request.mutable_payload()->set_body(std::string(size, '\0'));
  if (answer >= 0) {
    request.add_response_parameters()->set_size(answer);
  }
  return request;
}

class Cases {
 public:
  explicit Cases(const std::string& address)
      : address_(address), channel_(Connect(address)), stub_(TestService::NewStub(channel_)) {}

  std::vector<std::pair<std::string, std::function<void()>>> All() {
    return {
        {"empty_unary", [this] { EmptyUnary(); }},
        {"cacheable_unary", [this] { CacheableUnary(); }},
        {"large_unary", [this] { LargeUnary(Large(), GRPC_COMPRESS_NONE, StatusCode::OK); }},
        {"client_compressed_unary", [this] { ClientCompressedUnary(); }},
        {"server_compressed_unary", [this] { ServerCompressedUnary(); }},
        {"client_streaming", [this] { ClientStreaming(); }},
        {"client_compressed_streaming", [this] { ClientCompressedStreaming(); }},
        {"server_streaming", [this] { ServerStreaming(); }},
        {"server_compressed_streaming", [this] { ServerCompressedStreaming(); }},
        {"ping_pong", [this] { PingPong(); }},
        {"empty_stream", [this] { EmptyStream(); }},
        {"custom_metadata", [this] { CustomMetadata(); }},
        {"status_code_and_message", [this] { Statuses("test status message"); }},
        {"special_status_message", [this] { Statuses(kSpecial); }},
        {"unimplemented_method", [this] { UnimplementedMethod(); }},
        {"unimplemented_service", [this] { UnimplementedServiceCase(); }},
        {"cancel_after_begin", [this] { CancelAfterBegin(); }},
        {"cancel_after_first_response", [this] { CancelAfterFirstResponse(); }},
        {"timeout_on_sleeping_server", [this] { TimeoutOnSleepingServer(); }},
        {"rpc_soak", [this] { RpcSoak(); }},
        {"channel_soak", [this] { ChannelSoak(); }},
    };
  }

 private:
  void EmptyUnary() {
    Context context;
    Empty answer;
    Ended(stub_->EmptyCall(&context, Empty(), &answer), StatusCode::OK);
  }

  void CacheableUnary() {
    Context context;
    context.AddMetadata("x-user-ip", "1.2.3.4");
    SimpleRequest request;
    request.set_response_size(6);
    SimpleResponse answer;
    Ended(stub_->CacheableUnaryCall(&context, request, &answer), StatusCode::OK);
    Check(answer.payload().body().size() == 6, "size");
  }

  void LargeUnary(const SimpleRequest& request, grpc_compression_algorithm compression, StatusCode code) {
    Context context;
    context.set_compression_algorithm(compression);
    SimpleResponse answer;
    Ended(stub_->UnaryCall(&context, request, &answer), code);
    Check(code != StatusCode::OK || answer.payload().body() == std::string(kLarge, '\0'), "payload");
  }

  void ClientCompressedUnary() {
    auto request = Large();
    request.mutable_expect_compressed()->set_value(true);
    LargeUnary(request, GRPC_COMPRESS_NONE, StatusCode::INVALID_ARGUMENT);
    LargeUnary(request, GRPC_COMPRESS_GZIP, StatusCode::OK);
    request.mutable_expect_compressed()->set_value(false);
    LargeUnary(request, GRPC_COMPRESS_NONE, StatusCode::OK);
  }

  void ServerCompressedUnary() {
    for (const bool value : {true, false}) {
      auto request = Large();
      request.mutable_response_compressed()->set_value(value);
      LargeUnary(request, GRPC_COMPRESS_NONE, StatusCode::OK);
    }
  }

  void ClientStreaming() {
    Context context;
    StreamingInputCallResponse answer;
    auto stream = stub_->StreamingInputCall(&context, &answer);
    int sum = 0;
    for (const int size : kRequests) {
      StreamingInputCallRequest request;
      request.mutable_payload()->set_body(std::string(size, '\0'));
      Check(stream->Write(request), "write");
      sum += size;
    }
    stream->WritesDone();
    Ended(stream->Finish(), StatusCode::OK);
    Check(answer.aggregated_payload_size() == sum, "sum");
  }

  static StreamingInputCallRequest Expecting(int size, bool compressed) {
    StreamingInputCallRequest request;
    request.mutable_payload()->set_body(std::string(size, '\0'));
    request.mutable_expect_compressed()->set_value(compressed);
    return request;
  }

  void ClientCompressedStreaming() {
    grpc::WriteOptions plain;
    plain.set_no_compression();
    {
      Context context;
      context.set_compression_algorithm(GRPC_COMPRESS_GZIP);
      StreamingInputCallResponse answer;
      auto stream = stub_->StreamingInputCall(&context, &answer);
      stream->Write(Expecting(27182, true), plain);
      stream->WritesDone();
      Ended(stream->Finish(), StatusCode::INVALID_ARGUMENT);
    }
    Context context;
    context.set_compression_algorithm(GRPC_COMPRESS_GZIP);
    StreamingInputCallResponse answer;
    auto stream = stub_->StreamingInputCall(&context, &answer);
    Check(stream->Write(Expecting(27182, true)), "write");
    Check(stream->Write(Expecting(45904, false), plain), "write");
    stream->WritesDone();
    Ended(stream->Finish(), StatusCode::OK);
    Check(answer.aggregated_payload_size() == 27182 + 45904, "sum");
  }

  void Output(const StreamingOutputCallRequest& request, const std::vector<int>& sizes) {
    Context context;
    auto stream = stub_->StreamingOutputCall(&context, request);
    StreamingOutputCallResponse answer;
    size_t count = 0;
    while (stream->Read(&answer)) {
      Check(count < sizes.size() && answer.payload().body().size() == static_cast<size_t>(sizes[count++]), "size");
    }
    Ended(stream->Finish(), StatusCode::OK);
    Check(count == sizes.size(), "count");
  }

  void ServerStreaming() {
    StreamingOutputCallRequest request;
    for (const int size : kResponses) {
      request.add_response_parameters()->set_size(size);
    }
    Output(request, kResponses);
  }

  void ServerCompressedStreaming() {
    StreamingOutputCallRequest request;
    for (const auto& one : {std::make_pair(31415, true), std::make_pair(92653, false)}) {
      auto* wanted = request.add_response_parameters();
      wanted->set_size(one.first);
      wanted->mutable_compressed()->set_value(one.second);
    }
    Output(request, {31415, 92653});
  }

  void PingPong() {
    Context context;
    auto stream = stub_->FullDuplexCall(&context);
    StreamingOutputCallResponse answer;
    for (size_t turn = 0; turn < kRequests.size(); turn++) {
      Check(stream->Write(Duplex(kRequests[turn], kResponses[turn])), "write");
      Check(stream->Read(&answer), "read");
      Check(answer.payload().body().size() == static_cast<size_t>(kResponses[turn]), "size");
    }
    stream->WritesDone();
    Check(!stream->Read(&answer), "an answer too many");
    Ended(stream->Finish(), StatusCode::OK);
  }

  void EmptyStream() {
    Context context;
    auto stream = stub_->FullDuplexCall(&context);
    stream->WritesDone();
    StreamingOutputCallResponse answer;
    Check(!stream->Read(&answer), "an answer too many");
    Ended(stream->Finish(), StatusCode::OK);
  }

  static void Send(ClientContext* context) {
    context->AddMetadata("x-grpc-test-echo-initial", "test_initial_metadata_value");
    context->AddMetadata("x-grpc-test-echo-trailing-bin", "\xab\xab\xab");
  }

  static void CameBack(const ClientContext& context) {
    const auto& initial = context.GetServerInitialMetadata();
    const auto first = initial.find("x-grpc-test-echo-initial");
    Check(first != initial.end() && first->second == "test_initial_metadata_value", "initial metadata");
    const auto& trailing = context.GetServerTrailingMetadata();
    const auto last = trailing.find("x-grpc-test-echo-trailing-bin");
    Check(last != trailing.end() && last->second == "\xab\xab\xab", "trailing metadata");
  }

  void CustomMetadata() {
    Context unary;
    Send(&unary);
    SimpleResponse one;
    Ended(stub_->UnaryCall(&unary, Large(), &one), StatusCode::OK);
    CameBack(unary);
    Context duplex;
    Send(&duplex);
    auto stream = stub_->FullDuplexCall(&duplex);
    StreamingOutputCallResponse answer;
    Check(stream->Write(Duplex(kBig, kLarge)) && stream->Read(&answer), "write and read");
    stream->WritesDone();
    Check(!stream->Read(&answer), "an answer too many");
    Ended(stream->Finish(), StatusCode::OK);
    CameBack(duplex);
  }

  void Statuses(const std::string& message) {
    SimpleRequest request;
    request.mutable_response_status()->set_code(2);
    request.mutable_response_status()->set_message(message);
    Context unary;
    SimpleResponse one;
    Ended(stub_->UnaryCall(&unary, request, &one), StatusCode::UNKNOWN, &message);
    Context duplex;
    auto stream = stub_->FullDuplexCall(&duplex);
    StreamingOutputCallRequest asked;
    *asked.mutable_response_status() = request.response_status();
    stream->Write(asked);
    stream->WritesDone();
    StreamingOutputCallResponse answer;
    Check(!stream->Read(&answer), "an answer too many");
    Ended(stream->Finish(), StatusCode::UNKNOWN, &message);
  }

  void UnimplementedMethod() {
    Context context;
    Empty answer;
    Ended(stub_->UnimplementedCall(&context, Empty(), &answer), StatusCode::UNIMPLEMENTED);
  }

  void UnimplementedServiceCase() {
    Context context;
    Empty answer;
    auto stub = UnimplementedService::NewStub(channel_);
    Ended(stub->UnimplementedCall(&context, Empty(), &answer), StatusCode::UNIMPLEMENTED);
  }

  void CancelAfterBegin() {
    Context context;
    StreamingInputCallResponse answer;
    auto stream = stub_->StreamingInputCall(&context, &answer);
    context.TryCancel();
    Ended(stream->Finish(), StatusCode::CANCELLED);
  }

  void CancelAfterFirstResponse() {
    Context context;
    auto stream = stub_->FullDuplexCall(&context);
    StreamingOutputCallResponse answer;
    Check(stream->Write(Duplex(kRequests[0], kResponses[0])) && stream->Read(&answer), "write and read");
    context.TryCancel();
    Check(!stream->Read(&answer), "an answer too many");
    Ended(stream->Finish(), StatusCode::CANCELLED);
  }

  void TimeoutOnSleepingServer() {
    ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(1));
    auto stream = stub_->FullDuplexCall(&context);
    stream->Write(Duplex(27182, -1));
    Ended(stream->Finish(), StatusCode::DEADLINE_EXCEEDED);
  }

  void RpcSoak() {
    SimpleRequest request;
    request.set_response_size(31);
    for (int call = 0; call < 200; call++) {
      Context context;
      SimpleResponse answer;
      Ended(stub_->UnaryCall(&context, request, &answer), StatusCode::OK);
      Check(answer.payload().body().size() == 31, "size");
    }
  }

  void ChannelSoak() {
    for (int count = 0; count < 20; count++) {
      Context context;
      Empty answer;
      auto stub = TestService::NewStub(Connect(address_));
      Ended(stub->EmptyCall(&context, Empty(), &answer), StatusCode::OK);
    }
  }

  std::string address_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<TestService::Stub> stub_;
};

std::string Quoted(const std::string& text) {
  std::ostringstream out;
  out << '"';
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') {
      out << '\\' << letter;
    } else {
      out << (static_cast<unsigned char>(letter) < ' ' ? ' ' : letter);
    }
  }
  out << '"';
  return out.str();
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: interop ADDRESS | --version\n";
    return 2;
  }
  if (std::string(arguments[1]) == "--version") {
    std::cout << grpc::Version() << "\n";
    return 0;
  }
  Cases cases(arguments[1]);
  std::string separator = "{";
  for (const auto& one : cases.All()) {
    std::string result = "ok";
    try {
      one.second();
    } catch (const std::runtime_error& broken) {
      result = broken.what();
    }
    std::cout << separator << Quoted(one.first) << ": " << Quoted(result);
    separator = ", ";
  }
  std::cout << "}" << std::endl;
  return 0;
}
