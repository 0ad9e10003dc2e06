/** A statement of a key policy. In a key policy the resource `*` is the key itself. */
export interface KeyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal: Readonly<Record<string, string>>;
  readonly Action: readonly string[];
  readonly Resource: '*';
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A KMS key of this project. It is known only by its alias until KMS assigns its id. */
export interface KeyPlan {
  readonly alias: string;
  readonly description: string;
  readonly statements: readonly KeyStatement[];
}
