/** Measures the CPU-seconds of all threads of this process while `work` runs. */
export async function cpuSeconds(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Measures operations per CPU-second. One run of `work` performs `times` operations. A warm-up run is not counted. */
export async function perCpuSecond(times: number, work: () => unknown): Promise<number> {
  await work();
  return times / (await cpuSeconds(work));
}
