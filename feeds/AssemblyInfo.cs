using System.Runtime.CompilerServices;

// Audited: every stackalloc in this assembly is written before it is read.
[module: SkipLocalsInit]
