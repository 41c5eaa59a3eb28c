// The C interface of the C++ parts: what Swift sees of them.

#ifndef CSHIMS_H
#define CSHIMS_H

#include "command_line.h"
#include "freed_memory.h"
#include "interrupt.h"
#include "toml_document.h"

#endif
