using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;

namespace LowLatencyQuoter.Engine.Tests.Ring;

/// <summary>Where the runtime really lays the instance fields of a type, private ones included, in bytes.</summary>
internal static class FieldOffsets
{
    private delegate long Measure(object instance);

    /// <summary>
    /// The primitive fields and references of an object, structs taken apart, each with its distance from the start of
    /// the object's fields and its size.
    /// </summary>
    public static IReadOnlyList<(string Path, FieldInfo Outer, long Offset, int Size)> Leaves(object instance)
    {
        var leaves = new List<(string, FieldInfo, long, int)>();
        foreach (var field in InstanceFields(instance.GetType()))
        {
            AddLeaves(leaves, instance, [field]);
        }

        return leaves;
    }

    /// <summary>The offset of a field inside of a struct.</summary>
    public static long Of(Type type, string name)
    {
        var boxed = Activator.CreateInstance(type)!;
        var fields = InstanceFields(type);
        var first = fields.Min(field => Distance(boxed, [field]));
        return Distance(boxed, [fields.Single(field => field.Name == name)]) - first;
    }

    /// <summary>Names of the instance fields of a type in the order of their offsets.</summary>
    public static IEnumerable<string> Names(Type type) =>
        InstanceFields(type).Select(static field => field.Name).OrderBy(name => Of(type, name));

    private static FieldInfo[] InstanceFields(Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);

    private static void AddLeaves(
        List<(string, FieldInfo, long, int)> leaves, object instance, IReadOnlyList<FieldInfo> path)
    {
        var type = path[^1].FieldType;
        if (type.IsValueType && !type.IsPrimitive && !type.IsEnum)
        {
            foreach (var field in InstanceFields(type))
            {
                AddLeaves(leaves, instance, [.. path, field]);
            }

            return;
        }

        var name = string.Join('.', path.Select(static field => field.Name));
        leaves.Add((name, path[0], Distance(instance, path), SizeOf(type)));
    }

    private static int SizeOf(Type type)
    {
        var plain = type.IsEnum ? Enum.GetUnderlyingType(type) : type;
        return plain == typeof(bool) || plain == typeof(byte) ? 1
            : plain == typeof(short) || plain == typeof(ushort) ? 2
            : plain == typeof(int) || plain == typeof(uint) ? 4
            : 8;
    }

    /// <summary>Bytes from the first field of an object, or of a boxed struct, to a field of it.</summary>
    private static long Distance(object instance, IReadOnlyList<FieldInfo> path)
    {
        var method = new DynamicMethod("Distance", typeof(long), [typeof(object)], typeof(FieldOffsets).Module, true);
        var il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        if (path[0].DeclaringType!.IsValueType)
        {
            il.Emit(OpCodes.Unbox, path[0].DeclaringType!);
        }

        foreach (var field in path)
        {
            il.Emit(OpCodes.Ldflda, field);
        }

        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldflda, typeof(FirstField).GetField(nameof(FirstField.Start))!);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Conv_I8);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Measure>()(instance);
    }

    private sealed class FirstField
    {
        public byte Start = 1;
    }
}
