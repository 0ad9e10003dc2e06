/** Records why a statement cannot be understood. Parsing goes on, so that one run shows every reason. */
export type Refuse = (reason: string) => undefined;
