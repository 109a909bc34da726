using System;
using System.Collections.Frozen;
using System.Collections.Generic;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>The methods that are served, by path. Filled before the server starts; not thread-safe.</summary>
public sealed class GrpcServices
{
    private readonly Dictionary<string, GrpcMethod> _methods = new(StringComparer.Ordinal);
    private readonly HashSet<string> _services = new(StringComparer.Ordinal);

    /// <summary>Most bytes of a request message, packed and unpacked; a larger one is RESOURCE_EXHAUSTED.</summary>
    public int MessageBytesMax { get; init; } = 16 * 1024;

    /// <summary>Full names of the services.</summary>
    public IReadOnlyCollection<string> Names => _services;

    /// <summary>Adds a method.</summary>
    /// <param name="service">Full name, for instance <c>orderbook.OrderbookAggregator</c>.</param>
    /// <param name="name">For instance <c>BookSummary</c>.</param>
    /// <param name="method">What serves it.</param>
    /// <exception cref="ArgumentException">The method is there already.</exception>
    public GrpcServices Add(string service, string name, GrpcMethod method)
    {
        if (!_methods.TryAdd($"/{service}/{name}", method))
        {
            throw new ArgumentException($"{service}/{name} is registered twice", nameof(name));
        }

        _services.Add(service);
        return this;
    }

    /// <summary>The methods by path, such as <c>/orderbook.OrderbookAggregator/BookSummary</c>.</summary>
    internal FrozenDictionary<string, GrpcMethod> ByPath() => _methods.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What the client is told about a path that is not there.</summary>
    internal string Missing(string path)
    {
        var end = path.LastIndexOf('/');
        var service = end > 0 ? path[1..end] : path;
        return _services.Contains(service)
            ? $"service {service} has no method {path[(end + 1)..]}"
            : $"no service {service}";
    }
}
