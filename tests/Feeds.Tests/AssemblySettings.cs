using NUnit.Framework;

// Fixtures that wait for sockets run beside those that compute; exchanges, ports and files are each test's own.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(3)]
