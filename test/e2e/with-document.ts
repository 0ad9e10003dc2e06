import {
  CreatePolicyVersionCommand,
  DeletePolicyVersionCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  type IAMClient,
} from '@aws-sdk/client-iam';

/** Replaces the document of a managed policy with `document` while `use` runs. */
export async function withDocument(iam: IAMClient, PolicyArn: string, document: unknown, use: () => Promise<void>) {
  const put = async (text: string): Promise<() => Promise<unknown>> => {
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
    await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: text, SetAsDefault: true }));
    const { DefaultVersionId: VersionId } = Policy ?? {};
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
    await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId }));
    return () => put(decodeURIComponent(PolicyVersion?.Document ?? ''));
  };
  const putBack = await put(JSON.stringify(document));
  await use().finally(putBack);
}
