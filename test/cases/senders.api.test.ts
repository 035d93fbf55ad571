import { expect, test } from "vitest";
import { useSenders } from "../connectors/stories/use-senders.ts";

const house = await useSenders();

const find = async (value: string, namespace = "phone") => {
  const { data } = await house.ask(
    `query ($identity: IdentityInput!) {
      customer(identity: $identity) {
        timeline(first: 10) { nodes: edges { node {
          channelType direction outcome sessionStartTime interactionEndTime agentSeconds isConsult trackingNumber agentId
          touchpoints(first: 10) { edges { node { kind channel name stage } } }
        } } }
      }
    }`,
    { identity: { namespace, value } },
  );
  const legs: Leg[] | undefined = data.customer?.timeline.nodes.map(({ node }: { node: Leg }) => node);
  return legs ?? null;
};

interface Leg extends Record<string, unknown> {
  touchpoints: { edges: { node: object }[] };
}

test("case 25: a call that an agent logged, its Type blank, lies before the task that tells of it", async () => {
  await house.send("salesforce-task", {
    Id: "00T50",
    Subject: "Call",
    Type: null,
    TaskSubtype: "Call",
    CallType: "Inbound",
    CallDurationInSeconds: 240,
    Phone: "+442079460701",
    CreatedDate: "2026-03-02T11:24:00.000+0000",
    OwnerId: "005C",
  });

  expect(await find("+442079460701")).toMatchObject([
    {
      channelType: "VOICE",
      direction: "INBOUND",
      sessionStartTime: "2026-03-02T11:20:00.000Z",
      interactionEndTime: "2026-03-02T11:24:00.000Z",
      agentId: "005C",
    },
  ]);
});

test("case 25: a web form is a form on the web, and the customer's lead", async () => {
  const task = { Subject: "Enquiry", WhoId: "003000000000011AAA", bizible2__BizibleId__c: "bz-web-form" };
  await house.send("salesforce-task", {
    ...task,
    Id: "00T51",
    Type: null,
    CreatedDate: "2026-03-02T09:00:00.000+0000",
  });
  await house.send("salesforce-task", {
    ...task,
    Id: "00T52",
    Type: "Web Form",
    CreatedDate: "2026-03-02T09:05:00.000+0000",
  });

  const visits = (await find("bz-web-form", "bizible")) ?? [];

  expect(visits.flatMap(({ touchpoints }) => touchpoints.edges.map(({ node }) => node))).toEqual(
    expect.arrayContaining([
      { kind: "OTHER", channel: "WEB", name: "Web Visit", stage: "EARLY" },
      { kind: "FORM", channel: "WEB", name: "Enquiry", stage: "LEAD" },
    ]),
  );
});
