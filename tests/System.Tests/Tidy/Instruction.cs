using System.Reflection;
using System.Reflection.Emit;

namespace LowLatencyQuoter.System.Tests.Tidy;

/// <summary>One instruction of a method's code.</summary>
/// <param name="OpCode">What it does.</param>
/// <param name="Member">The method or type it names, where it names one.</param>
/// <param name="IsConstrained">True when it is a call behind a <c>constrained.</c> prefix.</param>
/// <param name="IsThrown">True when what it makes is thrown by the next instruction.</param>
internal sealed record Instruction(OpCode OpCode, MemberInfo? Member, bool IsConstrained, bool IsThrown);
