import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { GraphqlContext } from "../context.ts";
import { orFaults } from "./faults.ts";
import {
  LeasePayloadType,
  LeaseTrackingNumberInput,
  TrackingNumberInput,
  TrackingNumbersPayloadType,
} from "./tracking.type.ts";

/** Tracking numbers: they say where a call comes from. */
@Resolver()
export class TrackingResolver {
  @Mutation(() => TrackingNumbersPayloadType, {
    description: "Stores tracking numbers, all or none; calls to them that name no campaign take the number's.",
  })
  upsertTrackingNumbers(
    @Arg("inputs", () => [TrackingNumberInput], { description: "The numbers, 500 at most." })
    inputs: TrackingNumberInput[],
    @Ctx() { tracking }: GraphqlContext,
  ): Promise<TrackingNumbersPayloadType> {
    return orFaults(async () => ({ count: await tracking.save(inputs) }), { count: 0 });
  }

  @Mutation(() => LeasePayloadType, {
    description:
      "Lends a visitor a number of their own: a call to it is theirs. Asking again prolongs the same number.",
  })
  leaseTrackingNumber(
    @Arg("input", () => LeaseTrackingNumberInput, { description: "Who, from which pool, for how long." })
    input: LeaseTrackingNumberInput,
    @Ctx() { tracking }: GraphqlContext,
  ): Promise<LeasePayloadType> {
    return orFaults(() => tracking.lend(input), { number: null, validTo: null });
  }
}
