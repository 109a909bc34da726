using NUnit.Framework;

// Most of a test's time is waiting for sockets; its exchange and its ports are its own.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(3)]
