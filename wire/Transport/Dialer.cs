using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace LowLatencyQuoter.Wire.Transport;

/// <summary>Resolves a host and opens a TCP connection to the first of its addresses that answers.</summary>
internal static class Dialer
{
    /// <summary>The longest wait between two looks at the stop flag.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(20);

    /// <summary>A connected non-blocking socket without delay (TCP_NODELAY), or null with the fault.</summary>
    public static Socket? Dial(
        StreamSocketOptions options,
        TimeLimit limit,
        IReceiveIdle idle,
        out TransportFault fault)
    {
        var addresses = Resolve(options.Host, limit, idle, out fault);
        for (var i = 0; i < addresses.Length; i++)
        {
            // An address that does not answer must not eat the time of those behind it.
            var share = TimeLimit.After(limit.Left / (addresses.Length - i));
            if (Connect(new IPEndPoint(addresses[i], options.Port), share, idle, out fault) is { } socket)
            {
                return socket;
            }

            if (fault.Code == TransportFaultCode.Stopped)
            {
                return null;
            }
        }

        return null;
    }

    private static IPAddress[] Resolve(string host, TimeLimit limit, IReceiveIdle idle, out TransportFault fault)
    {
        fault = default;
        if (IPAddress.TryParse(host, out var literal))
        {
            return [literal];
        }

        // The resolver itself cannot be interrupted; past the limit its late answer is dropped.
        var answer = Dns.GetHostAddressesAsync(host);
        while (!((IAsyncResult)answer).AsyncWaitHandle.WaitOne(limit.Slice(Slice)))
        {
            if (limit.IsOver)
            {
                fault = new(TransportFaultCode.NameNotResolved, $"no answer for host name {host} within the limit");
                _ = answer.ContinueWith(
                    static late => late.Exception,
                    default,
                    TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default);
                return [];
            }

            if (!idle.OnIdle())
            {
                fault = new(TransportFaultCode.Stopped, $"stopped while resolving {host}");
                return [];
            }
        }

        if (answer.IsCompletedSuccessfully && answer.Result.Length > 0)
        {
            return answer.Result;
        }

        var reason = answer.Exception?.InnerException?.Message ?? "no address";
        fault = new(TransportFaultCode.NameNotResolved, $"host name {host} cannot be resolved: {reason}");
        return [];
    }

    private static Socket? Connect(IPEndPoint address, TimeLimit limit, IReceiveIdle idle, out TransportFault fault)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
            {
                NoDelay = true,
                Blocking = false,
            };
            fault = Start(socket, address) ?? Await(socket, address, limit, idle);
        }
        catch (SocketException refusal)
        {
            fault = new(TransportFaultCode.ConnectRefused, $"cannot connect to {address}: {refusal.SocketErrorCode}");
        }

        if (fault.Code == TransportFaultCode.None)
        {
            return socket;
        }

        socket?.Dispose();
        return null;
    }

    /// <summary>
    /// Starts connecting; null while it is under way. A non-blocking connect reports that by an exception.
    /// </summary>
    private static TransportFault? Start(Socket socket, IPEndPoint address)
    {
        try
        {
            socket.Connect(address);
            return default(TransportFault);
        }
        catch (SocketException underWay)
            when (underWay.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            return null;
        }
    }

    private static TransportFault Await(Socket socket, IPEndPoint address, TimeLimit limit, IReceiveIdle idle)
    {
        while (!socket.Poll(limit.Slice(Slice), SelectMode.SelectWrite))
        {
            if (limit.IsOver)
            {
                return new(TransportFaultCode.ConnectTimedOut, $"{address} did not answer within the limit");
            }

            if (!idle.OnIdle())
            {
                return new(TransportFaultCode.Stopped, $"stopped while connecting to {address}");
            }
        }

        var error = (SocketError)(int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
        return error == SocketError.Success
            ? default
            : new(TransportFaultCode.ConnectRefused, $"cannot connect to {address}: {error}");
    }
}
