/**
 * `JSII_AGENT` as the runtime of each language sets it, read in the source of jsii at a fixed commit:
 * https://github.com/aws/jsii/tree/e7d83a374b820a8b34ee548f6f9469b7981d1fc2/packages/%40jsii
 */
export const AGENTS = {
  /** `python-runtime/src/jsii/_kernel/providers/process.py`, line 256 */
  python: 'Python/3.12.1',
  /** `java-runtime/project/src/main/java/software/amazon/jsii/JsiiRuntime.java`, line 316 */
  java: 'Java/17.0.15',
  /** `go-runtime/jsii-runtime-go/internal/kernel/process/process.go`, line 120 */
  go: 'go1.26.8/linux/amd64',
  /** `dotnet-runtime/src/Amazon.JSII.Runtime/Services/NodeProcess.cs`, line 57; its own test expects this framework and version. */
  csharp: 'DotNet/8.0.1/.NETCoreApp,Version=v6.0/1.0.0.0',
} as const;
