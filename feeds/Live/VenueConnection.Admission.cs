using System;
using System.IO;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;

namespace LowLatencyQuoter.Feeds.Live;

/// <content>
/// What some venues want beside a socket: to be asked where to connect, to be heard before anything is said, and a sign
/// of life however much they send.
/// </content>
public sealed partial class VenueConnection<TDialect>
{
    private const int AnswerBytes = 256;
    private const int KeepAliveBytes = 512;
    private long _keepAliveEveryNanos;
    private long _keptAliveNanos;

    /// <summary>
    /// Where to connect: what the options say, or what the venue grants for this one connection. Blocks for the latter.
    /// </summary>
    private bool TryFindAddress(out string failure)
    {
        var path = TDialect.SocketPath(_symbols, _options.Subscription);
        Address = new Uri(_options.Socket.ToString().TrimEnd('/') + (path.Length == 0 ? "/" : path));
        failure = "";
        _keepAliveEveryNanos = Nanos(TDialect.Profile.KeepAliveEvery);
        if (TDialect.AdmissionPath.Length == 0)
        {
            return true;
        }

        _budget.Take(TDialect.AdmissionWeight, _network.Nanos());
        try
        {
            var admission = TDialect.ReadAdmission(_rest.Post(TDialect.AdmissionPath));
            if (_options.Rest.Scheme == Uri.UriSchemeHttps && admission.Socket.Scheme != Uri.UriSchemeWss)
            {
                throw new FormatException($"it names the open address {admission.Socket.GetLeftPart(UriPartial.Path)}");
            }

            Address = admission.Socket;
            _keepAliveEveryNanos = Nanos(admission.KeepAliveEvery);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or InvalidDataException or TaskCanceledException
            or FormatException or InvalidOperationException)
        {
            failure = $"no admission from {TDialect.AdmissionPath}: {e.Message}";
            return false;
        }
    }

    /// <summary>For the log: without a token.</summary>
    private static Uri Shown(Uri address) =>
        TDialect.AdmissionPath.Length == 0 ? address : new Uri(address.GetLeftPart(UriPartial.Path));

    private void StayAlive(long nanos)
    {
        if (_keepAliveEveryNanos == 0 || nanos - _keptAliveNanos < _keepAliveEveryNanos)
        {
            return;
        }

        Probe(nanos);
    }

    /// <summary>
    /// Says something that the venue answers, in its own words where it has them: not every venue answers a ping of the
    /// websocket. When it cannot be sent the next read finds out.
    /// </summary>
    private void Probe(long nanos)
    {
        _keptAliveNanos = nanos;
        var text = TDialect.KeepAlive(_network.UnixMillis());
        if (text.Length == 0)
        {
            _socket!.TrySendPing([]);
        }
        else
        {
            Span<byte> bytes = stackalloc byte[KeepAliveBytes];
            _socket!.TrySendText(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
        }
    }

    /// <summary>
    /// Subscribes when the venue has been given the time it wants. False when it never said that it is ready.
    /// </summary>
    private bool SubscribeWhenDue(long nanos)
    {
        var open = nanos - _openedNanos;
        if (TDialect.Profile.SubscribesAfterWelcome)
        {
            return open <= Nanos(_options.SnapshotLimit);
        }

        if (open >= Nanos(TDialect.Profile.SubscribesAfter))
        {
            SendSubscription(_socket!);
            NoteSubscribed(nanos);
        }

        return true;
    }

    /// <summary>Gives the answer that a frame asks for; when it cannot be sent the next read finds out.</summary>
    private void Answer(ReadOnlySpan<byte> frame)
    {
        Span<byte> room = stackalloc byte[AnswerBytes];
        var length = TDialect.WriteAnswer(frame, room);
        if (length != 0)
        {
            _socket!.TrySendText(room[..length]);
        }
    }

    private static long Nanos(TimeSpan time) => time.Ticks * 100;
}
