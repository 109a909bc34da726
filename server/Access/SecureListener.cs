using System;
using System.Net.Security;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace LowLatencyQuoter.Server.Access;

/// <summary>Puts TLS in front of a listener.</summary>
internal static class SecureListener
{
    /// <summary>A peer that has not finished its handshake by then is gone.</summary>
    private static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(5);

    /// <summary>TLS where there is a certificate; each handshake takes the one that was read last.</summary>
    /// <param name="listener">The listener.</param>
    /// <param name="files">Certificates.</param>
    /// <param name="isGrpc">
    /// True for gRPC, whose clients may have to show a certificate; false for health and metrics, whose probes have
    /// none.
    /// </param>
    public static ListenOptions Secure(this ListenOptions listener, AccessFiles files, bool isGrpc) =>
        !files.IsSecure
            ? listener
            : listener.UseHttps(new TlsHandshakeCallbackOptions
            {
                HandshakeTimeout = HandshakeLimit,
                OnConnection = _ => ValueTask.FromResult(files.Handshake(
                    isGrpc ? SslApplicationProtocol.Http2 : SslApplicationProtocol.Http11, isGrpc)),
            });
}
