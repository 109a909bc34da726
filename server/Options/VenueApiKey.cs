using System;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Feeds.Venues;

namespace LowLatencyQuoter.Server.Options;

/// <summary>Where the key of a venue's feed comes from, and whether it may travel.</summary>
internal static class VenueApiKey
{
    /// <summary>The variable that may hold the key of a venue.</summary>
    public static string Variable(string venue) => $"QUOTER_{venue.ToUpperInvariant()}_API_KEY";

    /// <summary>The key of the variable, or else of the file; null where the feed needs none.</summary>
    /// <param name="venue">What is configured.</param>
    /// <param name="profile">The feed that is chosen.</param>
    /// <param name="variable">What the venue's variable holds; null when it is not set.</param>
    /// <exception cref="OptionsException">Names the setting and the fix, but never the key.</exception>
    public static ApiKey? Read(VenueOptions venue, VenueProfile profile, string? variable)
    {
        var setting = $"venues.{venue.Name}.apiKeyFile";
        if (profile.ApiKeyHeader.Length == 0)
        {
            return venue.ApiKeyFile is null ? null : throw new OptionsException(
                $"{setting}: stream {SettingText.Spelled(profile.Stream)} needs no key; leave the setting out");
        }

        var key = variable is not null ? Check(variable, Variable(venue.Name))
            : venue.ApiKeyFile is { } file ? Check(Content(file, setting), $"{setting}: {file}")
            : throw new OptionsException(
                $"venues.{venue.Name}.stream: {SettingText.Spelled(profile.Stream)} needs an API key of the venue: "
                + $"name a file with it in apiKeyFile, or set {Variable(venue.Name)}; stream json needs none");
        if (venue.Socket is { Scheme: "ws", IsLoopback: false } socket)
        {
            throw new OptionsException(
                $"venues.{venue.Name}.socket: {socket} is not encrypted, and the API key would be sent to it in clear "
                + "text: use wss");
        }

        return key;
    }

    private static string Content(string file, string setting) =>
        SecretFile.Read(file, setting, "have the venue make a new key").Trim();

    private static ApiKey Check(string key, string origin)
    {
        try
        {
            return new ApiKey(key);
        }
        catch (FormatException e)
        {
            throw new OptionsException($"{origin}: {e.Message}");
        }
    }
}
