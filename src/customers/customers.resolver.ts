import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import { IdentityInput } from "../facts/values.type.ts";
import type { ConflictKind } from "../facts/vocabulary.ts";
import type { Connection } from "../kit/page.ts";
import { PageArgs } from "../kit/page.type.ts";
import type { RequestContext } from "../request.ts";
import { ConflictKindEnum, IdentityConflictConnectionType, type IdentityConflictRow } from "./conflict.type.ts";
import { CustomerConnectionType, CustomerFilterInput, CustomerType } from "./customer.type.ts";
import { findCustomer } from "./find.ts";
import { listConflicts, listCustomers } from "./list.ts";

@Resolver()
export class CustomersResolver {
  @Query(() => CustomerType, {
    nullable: true,
    description:
      "One customer, by id or by identity: exactly one of them. An id that was merged away is followed; of a shared identity it is the owner now; null when nobody is known by it.",
  })
  customer(
    @Arg("id", () => ID, { nullable: true, description: "An id that a customer has or had." }) id: string | null,
    @Arg("identity", () => IdentityInput, {
      nullable: true,
      description: "Such as the namespace phone (or mobilenr) and a number in any usual spelling.",
    })
    identity: IdentityInput | null,
    @Ctx() request: RequestContext,
  ): Promise<CustomerType | null> {
    return findCustomer(request, { id, identity });
  }

  @Query(() => CustomerConnectionType, {
    description: "The customers that exist, those last born first. Records that nothing identifies are not among them.",
  })
  customers(
    @Arg("filter", () => CustomerFilterInput, { nullable: true, description: "Which ones; all when left out." })
    filter: CustomerFilterInput | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() request: RequestContext,
  ): Promise<Connection<CustomerType>> {
    return listCustomers(request, filter ?? {}, page);
  }

  @Query(() => IdentityConflictConnectionType, {
    description: "Pairs of identities that something ties together and the rules keep apart, the last seen first.",
  })
  identityConflicts(
    @Arg("kind", () => ConflictKindEnum, { nullable: true, description: "Of one kind only." })
    kind: ConflictKind | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() request: RequestContext,
  ): Promise<Connection<IdentityConflictRow>> {
    return listConflicts(request, kind, page);
  }
}
