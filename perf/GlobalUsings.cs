// What is measured here are the books of the hot path; their full names would hide what is done with them.
global using ConsolidatedBook = LowLatencyQuoter.Engine.Book.ConsolidatedBook<
    LowLatencyQuoter.Engine.Book.LadderSide<LowLatencyQuoter.Engine.Book.BidSide>,
    LowLatencyQuoter.Engine.Book.LadderSide<LowLatencyQuoter.Engine.Book.AskSide>>;
global using OrderBook = LowLatencyQuoter.Engine.Book.OrderBook<
    LowLatencyQuoter.Engine.Book.LadderSide<LowLatencyQuoter.Engine.Book.BidSide>,
    LowLatencyQuoter.Engine.Book.LadderSide<LowLatencyQuoter.Engine.Book.AskSide>>;
