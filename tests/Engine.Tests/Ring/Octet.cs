namespace LowLatencyQuoter.Engine.Tests.Ring;

/// <summary>Eight numbers that are all the same, unless somebody looked at the wrong moment.</summary>
internal struct Octet
{
    public long A;
    public long B;
    public long C;
    public long D;
    public long E;
    public long F;
    public long G;
    public long H;

    public readonly bool IsWhole => A == B && A == C && A == D && A == E && A == F && A == G && A == H;

    public void Fill(long value)
    {
        FillFirstHalf(value);
        (E, F, G, H) = (value, value, value, value);
    }

    public void FillFirstHalf(long value) => (A, B, C, D) = (value, value, value, value);
}
