import { Ctx, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../request.ts";
import { ViewerType } from "./viewer.type.ts";

@Resolver()
export class ViewerResolver {
  @Query(() => ViewerType, { description: "Whoever asks: a client shows what they may use, and nothing else." })
  viewer(@Ctx() { viewer }: RequestContext): ViewerType {
    return { ...viewer, scopes: [...viewer.scopes].sort() };
  }
}
