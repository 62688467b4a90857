/** The ranks of the modules, as ARCHITECTURE.md tells them: each may use lower ones. */
export const moduleRanks: Record<string, number> = {
  directory: 1,
  library: 2,
  improvement: 3,
  assistance: 4,
  pathways: 4,
  community: 4,
  partnership: 5,
  reports: 6,
};
