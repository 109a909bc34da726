using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Feeds.Venues;

namespace LowLatencyQuoter.Server.Options;

/// <summary>What is configured of one venue.</summary>
public sealed record VenueOptions
{
    /// <summary>The venue's name.</summary>
    public required string Name { get; init; }

    /// <summary>Which of the venue's feeds is read, where it has several.</summary>
    public VenueStream Stream { get; init; }

    /// <summary>File with the key that the feed needs; null: none is named.</summary>
    public string? ApiKeyFile { get; init; }

    /// <summary>The key; null where the feed needs none.</summary>
    public ApiKey? ApiKey { get; init; }

    /// <summary>The feed itself.</summary>
    public IVenue Feed => VenueRegistry.TryFind(Name, Stream, out var feed) ? feed : throw new OptionsException(
        $"venues.{Name}.stream: this venue has no feed '{SettingText.Spelled(Stream)}'; it has {Streams(Name)}");

    /// <summary>Its websocket, ws or wss; null: the embedded exchange's, or the venue's own with <c>live</c>.</summary>
    public Uri? Socket { get; init; }

    /// <summary>Its REST address, http or https; null: likewise.</summary>
    public Uri? Rest { get; init; }

    /// <summary>Levels a side to ask for; 0: the venue's default.</summary>
    public int Depth { get; init; }

    /// <summary>Whole books instead of changes, where the venue has both.</summary>
    public bool WholeBooks { get; init; }

    /// <summary>Compare the book with the venue's top-of-book feed.</summary>
    public bool CrossCheck { get; init; }

    /// <summary>What a wrong checksum means; null: the venue's default.</summary>
    public ChecksumPolicy? Checksum { get; init; }

    /// <summary>What is done with a message for which the lane has no room; null: the common setting.</summary>
    public FullLanePolicy? LaneFull { get; init; }

    /// <summary>Whether the venue is asked to compress its messages.</summary>
    public CompressionKind Compression { get; init; }

    /// <summary>Sockets at a time: 1, or 2 so that the loss of one is not noticed.</summary>
    public int Connections { get; init; } = 1;

    /// <summary>Levels with less than this quantity do not enter the quote; null: the common setting.</summary>
    public decimal? Dust { get; init; }

    /// <summary>
    /// Levels worth less than this in the quote asset do not enter the quote; null: the common setting.
    /// </summary>
    public decimal? DustNotional { get; init; }

    /// <summary>Fee for adding liquidity, as a fraction (0.001 = 10 basis points); negative for a rebate.</summary>
    public decimal MakerFee { get; init; }

    /// <summary>Fee for taking liquidity, as a fraction.</summary>
    public decimal TakerFee { get; init; }

    private static string Streams(string name)
    {
        var streams = new List<string>();
        foreach (var stream in Enum.GetValues<VenueStream>())
        {
            if (VenueRegistry.TryFind(name, stream, out _))
            {
                streams.Add(SettingText.Spelled(stream));
            }
        }

        return string.Join(", ", streams);
    }
}
