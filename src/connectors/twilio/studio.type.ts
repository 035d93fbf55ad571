/** An event of Twilio's Event Streams, in a CloudEvents envelope. */
export interface StudioEvent {
  specversion: string;
  /** com.twilio.studio.flow.execution.started, …execution.ended or …step.ended. */
  type: string;
  id: string;
  time: string;
  data: StudioExecution & StudioStep;
}

/** One run of a flow. */
export interface StudioExecution {
  execution_sid: string;
  flow_sid: string;
  /** The caller's number, or a client's name. */
  contact_channel_address: string;
  status: string;
  ended_reason: string;
  date_created: string;
  date_updated: string;
  /** The call or the message that set it off: CA… or SM…. */
  started_by: string;
}

/** One widget that a run passed through. */
export interface StudioStep {
  execution_sid: string;
  flow_sid: string;
  step_sid: string;
  /** The widget, and the ones before and after it. */
  name: string;
  transitioned_from: string;
  transitioned_to: string;
  date_created: string;
  date_updated: string;
}

/** What a flow's own HTTP request widget posts, as a form: the parameters to give it. */
export interface StudioForm {
  /** {{flow.sid}}: the run. */
  ExecutionSid: string;
  /** {{flow.flow_sid}}. */
  FlowSid: string;
  /** {{trigger.call.CallSid}}: keeps the prompts with the call. */
  CallSid: string;
  /** {{contact.channel.address}}: the caller. */
  From: string;
  /** The widget that the caller passed. */
  Widget: string;
  /** What they chose there. */
  Choice: string;
  /** {{"now" | date: "%s"}}: Unix seconds. */
  Timestamp: string;
}
