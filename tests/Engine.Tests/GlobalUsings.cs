// Tests that do not say what keeps their books mean those of the hot path.
global using ConsolidatedBook = LowLatencyQuoter.Engine.Book.ConsolidatedBook<
    LowLatencyQuoter.Engine.Book.LadderSide<LowLatencyQuoter.Engine.Book.BidSide>,
    LowLatencyQuoter.Engine.Book.LadderSide<LowLatencyQuoter.Engine.Book.AskSide>>;
global using OrderBook = LowLatencyQuoter.Engine.Book.OrderBook<
    LowLatencyQuoter.Engine.Book.LadderSide<LowLatencyQuoter.Engine.Book.BidSide>,
    LowLatencyQuoter.Engine.Book.LadderSide<LowLatencyQuoter.Engine.Book.AskSide>>;
