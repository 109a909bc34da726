using System;
using LowLatencyQuoter.Client.Commands;

return await ClientCommand.RunAsync(args, Console.Out, Console.Error).ConfigureAwait(false);
