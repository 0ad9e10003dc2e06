/** Type of the custom resource that is the gate of an application's stack. */
export const GATE_TYPE = 'Custom::BedrockAccessGate';
