using System;
using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Sessions;
using LowLatencyQuoter.Exchange.Venues;
using Microsoft.AspNetCore.Http;

namespace LowLatencyQuoter.Simulation.Tests;

/// <summary>A venue's endpoints, called directly.</summary>
internal sealed class SimulatedRoutes : VenueRoutes
{
    private readonly List<(string[] Parts, RequestDelegate Answer)> _answers = [];
    private readonly List<(string Path, SocketRules Rules, Func<HttpContext, VenueSession, IFrameReceiver> Open)>
        _sockets = [];

    public SimulatedRoutes(SessionRegistry sessions, string venue)
        : base(null!, sessions, venue, faults: null)
    {
    }

    public override void Get(string path, RequestDelegate answer) => _answers.Add((path.Split('/'), answer));

    public override void Post(string path, RequestDelegate answer) => Get(path, answer);

    public override void Socket(
        string path, SocketRules rules, Func<HttpContext, VenueSession, IFrameReceiver> open) =>
        _sockets.Add((path, rules, open));

    /// <summary>The socket endpoint of a path.</summary>
    public (SocketRules Rules, Func<HttpContext, VenueSession, IFrameReceiver> Open) FindSocket(string path)
    {
        foreach (var (known, rules, open) in _sockets)
        {
            if (known == path)
            {
                return (rules, open);
            }
        }

        throw new InvalidOperationException($"the venue serves no socket at {path}");
    }

    /// <summary>Answers a request; the venues never wait, so the answer is there at once.</summary>
    public void Answer(string path, HttpContext context)
    {
        var parts = path.Split('/');
        foreach (var (known, answer) in _answers)
        {
            if (Matches(known, parts, context))
            {
                var answering = answer(context);
                if (!answering.IsCompletedSuccessfully)
                {
                    throw new InvalidOperationException($"the venue did not answer {path}: {answering.Exception}");
                }

                return;
            }
        }

        throw new InvalidOperationException($"the venue serves nothing at {path}");
    }

    private static bool Matches(string[] known, string[] parts, HttpContext context)
    {
        if (known.Length != parts.Length)
        {
            return false;
        }

        for (var part = 0; part < parts.Length; part++)
        {
            if (known[part].StartsWith('{'))
            {
                context.Request.RouteValues[known[part].Trim('{', '}')] = parts[part];
            }
            else if (known[part] != parts[part])
            {
                return false;
            }
        }

        return true;
    }
}
