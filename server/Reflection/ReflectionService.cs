using System;
using System.Linq;
using System.Threading.Tasks;
using Google.Protobuf.Reflection;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Server.Reflection.V1;
using LowLatencyQuoter.Wire.Grpc;

namespace LowLatencyQuoter.Server.Reflection;

/// <summary>
/// Server reflection, <c>v1</c> and <c>v1alpha</c>: generic tools learn from it what is served and how to call it. The
/// two have the same messages under different names, so that one answers both. Threads: any.
/// </summary>
public sealed class ReflectionService
{
    /// <summary>Full names of the service, the current one first.</summary>
    public static readonly string[] Services =
        ["grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection"];

    private readonly DescriptorIndex _index;

    /// <summary>Describes what these files define, as far as it is served.</summary>
    public ReflectionService(params FileDescriptor[] files) =>
        _index = new DescriptorIndex([.. files, ReflectionReflection.Descriptor, V1Alpha()]);

    /// <summary>Describes what the port of quotes serves.</summary>
    public static ReflectionService OfQuotes() => new(
        Orderbook.OrderbookReflection.Descriptor,
        global::Quoter.V1.QuotesReflection.Descriptor,
        Health.V1.HealthReflection.Descriptor);

    /// <summary>Registers both services; what is registered later is listed too.</summary>
    public void AddTo(GrpcServices services)
    {
        foreach (var service in Services)
        {
            services.Add(service, "ServerReflectionInfo", call => InvokeAsync(call, services));
        }
    }

    private static FileDescriptor V1Alpha() => V1alpha.ReflectionReflection.Descriptor;

    private async Task<GrpcStatus> InvokeAsync(GrpcCall call, GrpcServices services)
    {
        await call.StartAsync().ConfigureAwait(false);
        while (await call.ReadNextAsync(ServerReflectionRequest.Parser).ConfigureAwait(false) is { } request)
        {
            var response = Answer(request, services);
            response.ValidHost = request.Host;
            response.OriginalRequest = request;
            await call.WriteAsync(response).ConfigureAwait(false);
        }

        return GrpcStatus.Ok;
    }

    private ServerReflectionResponse Answer(ServerReflectionRequest request, GrpcServices services) =>
        request.MessageRequestCase switch
        {
            ServerReflectionRequest.MessageRequestOneofCase.FileByFilename =>
                File(_index.File(request.FileByFilename), $"no file {request.FileByFilename}"),
            ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol =>
                File(_index.FileOf(request.FileContainingSymbol), $"no symbol {request.FileContainingSymbol}"),
            ServerReflectionRequest.MessageRequestOneofCase.FileContainingExtension =>
                File(
                    _index.FileOf(
                        request.FileContainingExtension.ContainingType,
                        request.FileContainingExtension.ExtensionNumber),
                    $"no extension {request.FileContainingExtension.ExtensionNumber} of "
                    + request.FileContainingExtension.ContainingType),
            ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType =>
                Extensions(request.AllExtensionNumbersOfType),
            ServerReflectionRequest.MessageRequestOneofCase.ListServices => List(services),
            _ => Error(StatusCode.InvalidArgument, "the request asks for nothing: set one field of message_request"),
        };

    private static ServerReflectionResponse File(FileDescriptor? file, string missing)
    {
        if (file is null)
        {
            return Error(StatusCode.NotFound, missing);
        }

        var response = new FileDescriptorResponse();
        response.FileDescriptorProto.AddRange(DescriptorIndex.Closure(file));
        return new ServerReflectionResponse { FileDescriptorResponse = response };
    }

    private ServerReflectionResponse Extensions(string type)
    {
        if (_index.ExtensionsOf(type) is not { } numbers)
        {
            return Error(StatusCode.NotFound, $"no message {type}");
        }

        var response = new ExtensionNumberResponse { BaseTypeName = type };
        response.ExtensionNumber.AddRange(numbers);
        return new ServerReflectionResponse { AllExtensionNumbersResponse = response };
    }

    private static ServerReflectionResponse List(GrpcServices services)
    {
        var response = new ListServiceResponse();
        response.Service.AddRange(
            services.Names.Order(StringComparer.Ordinal).Select(static name => new ServiceResponse { Name = name }));
        return new ServerReflectionResponse { ListServicesResponse = response };
    }

    private static ServerReflectionResponse Error(StatusCode code, string message) => new()
    {
        ErrorResponse = new ErrorResponse { ErrorCode = (int)code, ErrorMessage = message },
    };
}
