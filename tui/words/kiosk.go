package words

import "digibrug/data"

// KioskKind is what a kind of kiosk PC is called.
func KioskKind(k data.KioskKind) Key {
	switch k {
	case data.KioskCafe:
		return KioskPCTypeCafe
	case data.KioskTestRoom:
		return KioskPCTypeTest
	case data.KioskCounter:
		return KioskPCTypeCounter
	}
	return KioskPCTypeOCR
}
