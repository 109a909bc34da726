using LowLatencyQuoter.Exchange.Commands;

return await ExchangeCommand.RunAsync(args);
