import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { maySource } from "../../facts/writer.ts";
import { AppError } from "../../kit/errors.ts";
import type { Viewer } from "../../request.ts";
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
    @Ctx() { tracking, viewer }: GraphqlContext,
  ): Promise<TrackingNumbersPayloadType> {
    return orFaults(
      async () => {
        checkSources(inputs, viewer);
        return { count: await tracking.save(inputs) };
      },
      { count: 0 },
    );
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

/** Calls to a number take what it says, so it is written as its source. */
function checkSources(inputs: readonly TrackingNumberInput[], { sources }: Viewer): void {
  inputs.forEach(({ source }, position) => {
    if (maySource(sources, source)) return;
    const message = `This key may not write as the source "${source}": use one whose \`sources\` name it.`;
    throw new AppError("FORBIDDEN", message, ["inputs", `${position}`, "source"]);
  });
}
