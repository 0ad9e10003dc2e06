/** CloudFormation type of the gate at the end of an application's stack. */
export const GATE_TYPE = 'Custom::BedrockAccessGate';
