using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;

namespace LowLatencyQuoter.System.Tests.Tidy;

/// <summary>Takes the code of a method apart, as ECMA-335 III lays it out.</summary>
internal static class IlReader
{
    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => (OpCode)field.GetValue(null)!)
        .ToDictionary(static code => (int)(ushort)code.Value);

    /// <summary>The instructions of a method; none when it has no body.</summary>
    public static IReadOnlyList<Instruction> Read(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        var instructions = new List<Instruction>();
        var isConstrained = false;
        for (var at = 0; at < code.Length;)
        {
            var value = code[at] == 0xFE ? 0xFE00 | code[at + 1] : code[at];
            var opCode = OpCodesByValue[value];
            at += opCode.Size;
            var operand = code.AsSpan(at);
            at += OperandBytes(opCode, operand);
            if (opCode == OpCodes.Throw && instructions.Count != 0)
            {
                instructions[^1] = instructions[^1] with { IsThrown = true };
            }

            instructions.Add(new Instruction(opCode, Resolve(method, opCode, operand), isConstrained, false));
            isConstrained = opCode == OpCodes.Constrained;
        }

        return instructions;
    }

    private static int OperandBytes(OpCode opCode, ReadOnlySpan<byte> operand) => opCode.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(operand)),
        _ => 4,
    };

    private static MemberInfo? Resolve(MethodBase method, OpCode opCode, ReadOnlySpan<byte> operand)
    {
        if (opCode.OperandType is not (OperandType.InlineMethod or OperandType.InlineType or OperandType.InlineTok))
        {
            return null;
        }

        var ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        return method.Module.ResolveMember(BinaryPrimitives.ReadInt32LittleEndian(operand), ofType, ofMethod);
    }
}
