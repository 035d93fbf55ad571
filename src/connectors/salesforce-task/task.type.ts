/** A list of tasks, as Salesforce's query API and flows send it. */
export interface TaskList {
  records: Task[];
}

/** The Salesforce Task that call tracking writes: standard fields, and the one of the Marketo Measure package. */
export interface Task {
  Id: string;
  Subject: string;
  /** What the touchpoint is: Call, Phone Call, Email, Web Form …. Blank means Web Visit, where a tracker wrote it. */
  Type: string | null;
  /** What Salesforce itself logged: Task, Call, Email, ListEmail, LinkedIn …. */
  TaskSubtype: string;
  Status: string;
  /** When the task was written: of a call, when it was over. */
  CreatedDate: string;
  CompletedDateTime: string;
  LastModifiedDate: string;
  SystemModstamp: string;
  /** The user it is assigned to: the agent. */
  OwnerId: string;
  /** A contact (003…) or a lead (00Q…). */
  WhoId: string;
  WhatId: string;
  Description: string;
  /** Inbound, Outbound or Internal. */
  CallType: string;
  CallDurationInSeconds: number;
  CallDisposition: string;
  /** The telephone system's own id of the call. */
  CallObject: string;
  Phone: string;
  Email: string;
  /** The visitor's _biz_uid cookie: without it the task is joined to no visit. */
  bizible2__BizibleId__c: string;
  BizibleId__c: string;
  BizibleId: string;
  /** The campaign, where the organisation keeps one on its tasks. */
  Campaign__c: string;
}
