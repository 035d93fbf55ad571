import { Ctx, FieldResolver, ID, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../request.ts";
import { consentsLoader } from "./consent.loader.ts";
import { ConsentType } from "./consent.type.ts";
import { CustomerType } from "./customer.type.ts";
import { formerIdsLoader, identitiesLoader } from "./identity.loader.ts";
import { type IdentityRow, IdentityType } from "./identity.type.ts";
import { readRecord, survivorLoader } from "./record.loader.ts";
import { type CustomerRecord, CustomerRecordType, SignalType } from "./record.type.ts";
import { summaryLoader } from "./summary.loader.ts";
import { CustomerSummaryType } from "./summary.type.ts";
import { verdictsLoader } from "./verdict.loader.ts";
import { IdentityVerdictType } from "./verdict.type.ts";

@Resolver(() => CustomerType)
export class CustomerResolver {
  @FieldResolver(() => String, { nullable: true, description: "The name that the best-ranked source states." })
  async displayName(@Root() { id, knownName }: CustomerType, @Ctx() request: RequestContext): Promise<string | null> {
    if (knownName !== undefined) return knownName;
    const survivor = await request.once(survivorLoader).load(id);
    return survivor?.values.displayName ?? null;
  }

  @FieldResolver(() => CustomerRecordType, {
    nullable: true,
    description: "What sources state of the customer (CAR); null while none has stated anything.",
  })
  record(@Root() { id }: CustomerType, @Ctx() request: RequestContext): Promise<CustomerRecord | null> {
    return readRecord(request, [id]);
  }

  @FieldResolver(() => [IdentityType], {
    description:
      "All that stands for the customer now or did for a time, strongest first; at most 500. What others hold too is shared.",
  })
  identities(@Root() { id }: CustomerType, @Ctx() request: RequestContext): Promise<IdentityRow[]> {
    return request.once(identitiesLoader).load(id);
  }

  @FieldResolver(() => CustomerSummaryType, { description: "The customer in numbers, over all time." })
  summary(@Root() { id }: CustomerType, @Ctx() request: RequestContext): Promise<CustomerSummaryType> {
    return request.once(summaryLoader).load(id);
  }

  @FieldResolver(() => [ConsentType], {
    description: "What the customer agreed to or refused, of each purpose that anything was said of.",
  })
  consents(@Root() { id }: CustomerType, @Ctx() request: RequestContext): Promise<ConsentType[]> {
    return request.once(consentsLoader).load(id);
  }

  @FieldResolver(() => [SignalType], { description: "What models elsewhere say of the customer, by code." })
  async signals(@Root() { id }: CustomerType, @Ctx() request: RequestContext): Promise<SignalType[]> {
    const survivor = await request.once(survivorLoader).load(id);
    return (survivor?.signals ?? []).map((signal) => ({ ...signal, score: signal.score ?? null }));
  }

  @FieldResolver(() => [IdentityVerdictType], {
    description: "What was decided about the customer's identities, newest first, withdrawn verdicts included.",
  })
  verdicts(@Root() { id }: CustomerType, @Ctx() request: RequestContext): Promise<IdentityVerdictType[]> {
    return request.once(verdictsLoader).load(id);
  }

  @FieldResolver(() => [ID], {
    description: "Ids that were merged into this customer: `customer(id:)` follows them, `node` names the survivor.",
  })
  formerIds(@Root() { id }: CustomerType, @Ctx() request: RequestContext): Promise<string[]> {
    return request.once(formerIdsLoader).load(id);
  }
}
