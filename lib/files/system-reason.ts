const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EEXIST: 'a directory in its place',
  EISDIR: 'a directory',
  ELOOP: 'a link to itself',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'a name that is too long',
  ENOENT: 'nothing of that name',
  ENOSPC: 'a full disk',
  ENOTDIR: 'a path through a file',
  ENOTEMPTY: 'a directory in its place',
  EPERM: 'no permission',
  EROFS: 'a disk that is read only',
  ERR_INVALID_ARG_VALUE: 'a character that no path has',
};

/** What the system answered, in words; `special` has those that mean something else in a place. */
export function systemReason(error: unknown, special: Readonly<Record<string, string>> = {}): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return special[code] ?? REASONS[code] ?? (code === '' ? message : code);
}
