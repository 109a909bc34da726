namespace LowLatencyQuoter.Wire.Text;

/// <summary>Kinds of JSON values, told by their first byte.</summary>
#pragma warning disable CA1720 // these are JSON's own names for its kinds
public enum JsonKind : byte
{
    /// <summary>No value starts here.</summary>
    None = 0,

    /// <summary>{...}</summary>
    Object,

    /// <summary>[...]</summary>
    Array,

    /// <summary>"..."</summary>
    String,

    /// <summary>A digit or a minus.</summary>
    Number,

    /// <summary>true</summary>
    True,

    /// <summary>false</summary>
    False,

    /// <summary>null</summary>
    Null,
}
