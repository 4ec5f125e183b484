// Result, Status and Error are part of the public interface and live there.
#ifndef TIDEWAITER_BASE_RESULT_H_
#define TIDEWAITER_BASE_RESULT_H_

#include "tidewaiter/result.h"

#endif  // TIDEWAITER_BASE_RESULT_H_
