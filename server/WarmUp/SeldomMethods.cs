using System;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;

namespace LowLatencyQuoter.Server.WarmUp;

/// <summary>
/// Compiles what the engine calls too seldom for made-up days to be sure to reach it: a crossed book that is judged, a
/// level beyond the horizon. Such methods are marked to be compiled in full at once; here they are, before a call.
/// </summary>
internal static class SeldomMethods
{
    private const DynamicallyAccessedMemberTypes Methods =
        DynamicallyAccessedMemberTypes.PublicMethods | DynamicallyAccessedMemberTypes.NonPublicMethods;

    /// <summary>Compiles them for the books that are used as a rule; returns how many there are.</summary>
    public static int Prepare() =>
        Prepare(typeof(BookHandler<MonotonicClock, LadderSide<BidSide>, LadderSide<AskSide>>))
        + Prepare(typeof(DepthLane))
        + Prepare(typeof(OrderBook<LadderSide<BidSide>, LadderSide<AskSide>>))
        + Prepare(typeof(DepthHorizon<BidSide>))
        + Prepare(typeof(DepthHorizon<AskSide>));

    private static int Prepare([DynamicallyAccessedMembers(Methods)] Type type)
    {
        var seldom = type
            .GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static)
            .Where(static method =>
                (method.MethodImplementationFlags & MethodImplAttributes.AggressiveOptimization) != 0
                && !method.IsGenericMethodDefinition)
            .ToArray();
        foreach (var method in seldom)
        {
            RuntimeHelpers.PrepareMethod(
                method.MethodHandle, [.. type.GenericTypeArguments.Select(static argument => argument.TypeHandle)]);
        }

        return seldom.Length;
    }
}
