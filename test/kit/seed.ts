import fc from "fast-check";
import { LONG } from "./draws.ts";

// Every run draws the same, so that a red one means that a change broke something. FC_SEED names other draws, or "random".
const { FC_SEED = "20261130" } = process.env;

fc.configureGlobal({
  ...(FC_SEED !== "random" && { seed: Number(FC_SEED) }),
  // A test that times out while its counterexample is made smaller shows none.
  ...(!LONG && { interruptAfterTimeLimit: 90_000 }),
});
