using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Threading;

namespace LowLatencyQuoter.System.Tests.Tidy;

/// <summary>What code marked as hot path must not do, read from its instructions.</summary>
internal static class HotPathRules
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>
    /// The marked methods of some types. What runs once (constructors, disposal, finalizers) is exempt, and so is the
    /// code that only makes an exception.
    /// </summary>
    public static IEnumerable<MethodInfo> MarkedMethods(IEnumerable<Type> types) =>
        from type in types
        from method in type.GetMethods(Declared)
        where method.Name is not ("Dispose" or "Finalize")
            && (IsMarked(type) || IsMarked(method) || IsAccessorOfMarked(type, method))
        select method;

    /// <summary>Every sin of a method, as <c>Namespace.Type.Method: sin</c>.</summary>
    public static IEnumerable<string> Sins(MethodInfo method) =>
        from instruction in IlReader.Read(method)
        let sin = Sin(instruction)
        where sin is not null
        select $"{method.DeclaringType!.FullName}.{method.Name}: {sin}";

    private static string? Sin(Instruction instruction)
    {
        var (opCode, member) = (instruction.OpCode, instruction.Member);
        if (opCode == OpCodes.Box)
        {
            return $"boxes {member!.Name}";
        }

        if (opCode == OpCodes.Newarr)
        {
            return $"makes an array of {member!.Name}";
        }

        if (opCode == OpCodes.Ldftn || opCode == OpCodes.Ldvirtftn)
        {
            return $"makes a delegate of {member!.Name}";
        }

        if (opCode == OpCodes.Newobj && !member!.DeclaringType!.IsValueType)
        {
            return instruction.IsThrown ? null : $"makes an object of {member.DeclaringType.Name}";
        }

        return member is MethodInfo called && (opCode == OpCodes.Call || opCode == OpCodes.Callvirt)
            ? CallSin(instruction, called)
            : null;
    }

    private static string? CallSin(Instruction instruction, MethodInfo called)
    {
        var type = called.DeclaringType!;
        if (type == typeof(Monitor) || type == typeof(Lock))
        {
            return $"locks with {type.Name}.{called.Name}";
        }

        var isOverridable = called.IsVirtual && !called.IsFinal && !type.IsSealed;
        return instruction.OpCode == OpCodes.Callvirt && isOverridable && !instruction.IsConstrained
            ? $"calls {type.Name}.{called.Name} virtually"
            : null;
    }

    private static bool IsMarked(MemberInfo member) =>
        member.CustomAttributes.Any(static attribute => attribute.AttributeType.Name == "HotPathAttribute");

    private static bool IsAccessorOfMarked(Type type, MethodInfo method) =>
        method.IsSpecialName
        && type.GetProperties(Declared)
            .Any(property => IsMarked(property) && property.GetAccessors(true).Contains(method));
}
