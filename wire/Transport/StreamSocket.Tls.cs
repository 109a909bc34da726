using System;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LowLatencyQuoter.Wire.Transport;

/// <content>Opening, and TLS over the same waits.</content>
public sealed partial class StreamSocket
{
    /// <summary>The extended key usage of a server: id-kp-serverAuth.</summary>
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private SocketByteStream? _records;
    private bool _tlsMayHoldMore;

    /// <summary>
    /// Resolves, connects and, where asked for, agrees on TLS with the peer's name and chain verified.
    /// </summary>
    /// <param name="options">Where to and how; invalid ones throw <see cref="ArgumentException"/>.</param>
    /// <param name="idle">Called in every wait from here on, also while connecting.</param>
    /// <param name="socket">The open connection.</param>
    /// <param name="fault">Why there is none.</param>
    public static bool TryOpen(
        StreamSocketOptions options,
        IReceiveIdle idle,
        [NotNullWhen(true)] out StreamSocket? socket,
        out TransportFault fault)
    {
        options.Validate();
        ArgumentNullException.ThrowIfNull(idle);
        socket = null;
        var limit = TimeLimit.After(options.ConnectLimit);
        var connected = Dialer.Dial(options, limit, idle, out fault);
        if (connected is null)
        {
            return false;
        }

        var opened = new StreamSocket(connected, options, idle);
        if (options.Tls is not null)
        {
            fault = opened.AgreeOnTls(options.Tls, limit);
            if (fault.Code != TransportFaultCode.None)
            {
                opened.Dispose();
                return false;
            }
        }

        socket = opened;
        return true;
    }

    private TransportFault AgreeOnTls(TlsOptions tls, TimeLimit limit)
    {
        var refusal = "";
        var records = new SocketByteStream(this);
        var stream = new SslStream(
            records,
            leaveInnerStreamOpen: false,
            (_, _, chain, errors) =>
            {
                refusal = Describe(errors, chain);   // only records: what is wrong stays refused
                return errors == SslPolicyErrors.None;
            });
        LimitReceive(limit.Left);
        try
        {
            stream.AuthenticateAsClient(new SslClientAuthenticationOptions
            {
                TargetHost = _options.Host,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                CertificateChainPolicy = PolicyOf(tls),
            });
        }
        catch (Exception failure) when (IsTlsFailure(failure))
        {
            stream.Dispose();
            return refusal.Length > 0
                ? new(TransportFaultCode.CertificateRefused, $"certificate of {_options.Host} refused: {refusal}")
                : TlsFault(failure);
        }

        LiftReceiveLimit();
        _records = records;
        _tls = stream;
        return default;
    }

    private TransportFault TlsFault(Exception failure) => _fault.Code switch
    {
        TransportFaultCode.Stopped => _fault,
        TransportFaultCode.None =>
            new(TransportFaultCode.TlsFailed, $"no TLS with {_options.Host}:{_options.Port}: {failure.Message}"),
        _ => new(TransportFaultCode.TlsFailed, $"no TLS with {_options.Host}:{_options.Port}: {_fault.Text}"),
    };

    private static X509ChainPolicy PolicyOf(TlsOptions tls)
    {
        // Missing intermediates are not fetched: opening a venue's socket must not talk to anybody else.
        var policy = new X509ChainPolicy { RevocationMode = tls.RevocationMode, DisableCertificateDownloads = true };
        policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        if (tls.TrustedRoots is { Count: > 0 } roots)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(roots);
        }

        return policy;
    }

    private static string Describe(SslPolicyErrors errors, X509Chain? chain)
    {
        if (errors == SslPolicyErrors.None)
        {
            return "";
        }

        var text = errors.ToString();
        foreach (var status in chain?.ChainStatus ?? [])
        {
            text += $"; {status.Status}";
        }

        return text;
    }

    [HotPath]
    private int ReceiveDecrypted(Span<byte> buffer)
    {
        try
        {
            var count = _tls!.Read(buffer);
            if (count == 0)
            {
                Fail(TransportFaultCode.PeerClosed, "the peer ended the stream");
            }

            return count;
        }
        catch (Exception failure) when (IsTlsFailure(failure))
        {
            if (_fault.Code == TransportFaultCode.None && !_records!.HasRefusedToWait)
            {
                EndTls(failure);
            }

            return 0;
        }
    }

    /// <summary>
    /// TLS is asked only when a whole record lies there, or when it may still hold bytes of an earlier one. A record
    /// without a byte for us (a session ticket, twice a connection) makes it want the next one; it is then called back
    /// by an exception, the only way out of it.
    /// </summary>
    [HotPath]
    private int ReceiveDecryptedNow(Span<byte> buffer)
    {
        if (!_tlsMayHoldMore && !_records!.TryFillNow())
        {
            return 0;
        }

        _records!.MayWait = false;
        var count = ReceiveDecrypted(buffer);
        _records.MayWait = true;
        _tlsMayHoldMore = count == buffer.Length;
        return count;
    }

    [HotPath]
    private bool SendEncrypted(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _tls!.Write(bytes);
            return true;
        }
        catch (Exception failure) when (IsTlsFailure(failure))
        {
            return EndTls(failure);
        }
    }

    private bool EndTls(Exception failure) => _disposed
        ? Fail(TransportFaultCode.Disposed, "the connection was disposed")
        : Fail(TransportFaultCode.ConnectionLost, $"TLS failed: {failure.Message}");

    /// <summary>close_notify, at the best of our ability: the stream ends either way.</summary>
    private void SayGoodbye()
    {
        try
        {
            _tls!.ShutdownAsync().GetAwaiter().GetResult();   // our stream writes it before this returns
        }
        catch (Exception failure) when (IsTlsFailure(failure))
        {
            EndTls(failure);
        }
    }

    private static bool IsTlsFailure(Exception failure) =>
        failure is IOException or AuthenticationException or InvalidOperationException or NotSupportedException
            or CryptographicException or System.ComponentModel.Win32Exception;
}
