/** CPU-seconds, of all threads of this process, that something takes. */
export async function cpuSeconds(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** How often something can be done in a CPU-second, after a first time that does not count. */
export async function perCpuSecond(times: number, work: () => unknown): Promise<number> {
  await work();
  return times / (await cpuSeconds(work));
}
