import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { PeriodInput } from "../facts/values.type.ts";
import type { RequestContext } from "../request.ts";
import { readIntake } from "./intake.ts";
import { IntakeType } from "./intake.type.ts";

@Resolver()
export class IntakeResolver {
  @Query(() => IntakeType, {
    description: "What came in: the receipts of each source, day by day, and the rejections that wait.",
  })
  intake(
    @Arg("period", () => PeriodInput, { description: "When it came in, 92 days at most." }) period: PeriodInput,
    @Arg("timeZone", () => String, {
      defaultValue: "UTC",
      description: "Whose calendar: an IANA name such as Europe/Stockholm.",
    })
    timeZone: string,
    @Ctx() { db }: RequestContext,
  ): Promise<IntakeType> {
    return readIntake(db, period, timeZone);
  }
}
