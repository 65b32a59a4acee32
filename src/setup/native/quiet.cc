// A small library beside the TensorFlow addon, started before TensorFlow is. TensorFlow greets on stderr through Abseil's log, from
// its start-up code, and no environment variable reaches that log. Fatal errors still speak.
#if __has_include("absl/log/globals.h")
#include "absl/log/globals.h"

namespace absl {
ABSL_NAMESPACE_BEGIN
// Weak: a TensorFlow that keeps the function to itself stays noisy and still loads.
__attribute__((weak)) void SetMinLogLevel(LogSeverityAtLeast severity);
ABSL_NAMESPACE_END
}  // namespace absl

__attribute__((constructor)) static void Quiet() {
  if (&absl::SetMinLogLevel != nullptr) absl::SetMinLogLevel(absl::LogSeverityAtLeast::kFatal);
}
#endif
