import { ArgsType, type ClassType, Field, ID, Int, InterfaceType, ObjectType } from "type-graphql";
import { DEFAULT_PAGE, MAX_PAGE, MAX_TOTAL } from "./page.ts";

/** A node names its type itself: rows are plain objects. */
export type Typed<Row> = Row & { __typename: string };

@InterfaceType("Node", {
  description: "Anything with an id of its own, to be fetched again by `node`.",
  resolveType: (value: Typed<object>) => value.__typename,
})
export abstract class NodeType {
  @Field(() => ID, { description: "Identifies it for ever, among everything." })
  id!: string;
}

@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    description: `Rows from the start of the list, or after a cursor: 1 to ${MAX_PAGE}, ${DEFAULT_PAGE} when neither \`first\` nor \`last\` says.`,
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: "Only what comes after this cursor." })
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: `Rows from the end of the list, or before a cursor: 1 to ${MAX_PAGE}.`,
  })
  last?: number | null;

  @Field(() => String, { nullable: true, description: "Only what comes before this cursor." })
  before?: string | null;
}

@ObjectType("PageInfo", { simpleResolvers: true, description: "Where a page lies in its list." })
export class PageInfoType {
  @Field(() => Boolean, { description: "More rows follow the page." })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: "Rows lie before the page." })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: "Cursor of the first row; pass it as `before`." })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: "Cursor of the last row; pass it as `after`." })
  endCursor!: string | null;
}

/** The Relay connection of a type: `connectionTypeOf("Customer", CustomerType)`. */
export function connectionTypeOf<Node extends object>(name: string, node: ClassType<Node>): ClassType<object> {
  @ObjectType(`${name}Edge`, { simpleResolvers: true, description: `One row of a list, a ${name}, and its place.` })
  class EdgeType {
    @Field(() => String, { description: "Its place in the list, for `after` and `before`. Opaque." })
    cursor!: string;

    @Field(() => node, { description: "The row itself." })
    node!: Node;
  }

  @ObjectType(`${name}Connection`, { simpleResolvers: true, description: `A page of a list; each row is a ${name}.` })
  class ConnectionType {
    @Field(() => [EdgeType], { description: "The rows of the page, each with its cursor." })
    edges!: EdgeType[];

    @Field(() => [node], { description: "The rows of the page, without their cursors." })
    nodes!: Node[];

    @Field(() => PageInfoType, { description: "Where the page lies in the list." })
    pageInfo!: PageInfoType;

    @Field(() => Int, {
      nullable: true,
      description: `Rows of the whole list; counted only when selected, null above ${MAX_TOTAL}.`,
    })
    totalCount!: number | null;
  }
  return ConnectionType;
}
